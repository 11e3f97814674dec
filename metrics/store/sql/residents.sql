-- How many residents has each place in each year, as known on a day?
SELECT place, left(period, 4)::INTEGER AS year, arg_max(value, weight) AS residents
FROM observation
WHERE measure = 'residents' AND published <= $as_at
GROUP BY place, year
ORDER BY place, year;
