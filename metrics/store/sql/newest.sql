-- When was the newest of the releases published, as at a date?
SELECT max(published) AS published FROM release WHERE published <= $as_at;
