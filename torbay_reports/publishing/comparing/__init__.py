"""What differs between two versions of a paper, part by part; `publishing.differences` tells it."""
