#!/bin/sh
# Makes localhost.crt and localhost.key, which tests of https use on this machine alone: good from 2020 to 2120, so that
# neither the clock of a test machine nor time itself breaks them. Run it in this folder.
set -eu
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
touch "$work/index"
cat > "$work/config" <<END
[ca]
default_ca = own
[own]
database = $work/index
new_certs_dir = $work
rand_serial = yes
default_md = sha256
policy = any
x509_extensions = extensions
[any]
commonName = supplied
[req]
distinguished_name = name
prompt = no
[name]
commonName = localhost
[extensions]
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
subjectAltName = DNS:localhost
basicConstraints = critical, CA:TRUE
keyUsage = critical, digitalSignature, keyCertSign
extendedKeyUsage = serverAuth
END
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -config "$work/config" \
    -keyout localhost.key -out "$work/request"
openssl ca -batch -selfsign -notext -config "$work/config" -in "$work/request" -keyfile localhost.key \
    -startdate 20200101000000Z -enddate 21200101000000Z -out localhost.crt
