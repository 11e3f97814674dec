-- When was the newest of the releases published, as at a date?
SELECT max(published) AS published FROM release WHERE level = 'area' AND published <= $as_at;
