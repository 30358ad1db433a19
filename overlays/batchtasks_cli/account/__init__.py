"""Which account a command talks to, as whom, and the client for it."""
