"""What `make bench` runs: time, queries and bytes of the main pages, on the demo's database."""
