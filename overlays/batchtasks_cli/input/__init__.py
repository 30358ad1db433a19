"""Where tasks come from: files, pipes and templates; and which tasks a command is about."""
