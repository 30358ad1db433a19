"""The command `batchtasks`. Nothing imports it; it needs the extra `cli` or `local`."""
