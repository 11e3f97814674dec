"""The only room that asks other machines: newer official files found, fetched, tried on a copy, and left for a person to look at."""
