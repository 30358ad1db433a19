"""Jobs and tasks in SQLite. All SQL of the service is in this package; `store.Store` is what others use."""
