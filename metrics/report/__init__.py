"""What a build says as at one day: the snapshot, its cards, which chart shows what, and the changes between two days."""
