"""The page at `/`: jobs, counts, a timeline and failed tasks, in a browser on this machine."""
