"""Developer tools: embedded services, the demo, the test runner. Standard library only."""
