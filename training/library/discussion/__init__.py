"""What people say to each other under a lesson."""
