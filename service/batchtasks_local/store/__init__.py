"""Where jobs and tasks are kept: `interface` says what is asked of a store, `sqlite` is the one there is."""
