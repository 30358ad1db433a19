"""Ask an account of Azure Batch, real or local, a table of questions and compare the answers: `make test-azure`."""
