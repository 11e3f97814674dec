"""What can be said of every measure in every place, as known on a day: worked out when the database is built, read by pages."""
