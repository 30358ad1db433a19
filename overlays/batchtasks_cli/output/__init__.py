"""What commands write: tables, JSON, YAML and CSV; progress; reports; and the texts in them."""
