-- What do the answers since the plan began rest on, of some measures in some places, as known on a day the build keeps, with the residents then?
WITH residents AS (
    SELECT place, left(period, 4)::INTEGER AS year, arg_max(value, weight) AS residents
    FROM observation
    WHERE measure = 'residents' AND published <= $as_at
    GROUP BY place, year
), years AS (
    SELECT min(year) AS first, max(year) AS last FROM residents
)
SELECT measure, answer.place, verdict, now, now_from, now_to, stale, residents
FROM answer
CROSS JOIN years
LEFT JOIN residents
    ON residents.place = answer.place AND residents.year = greatest(years.first, least(years.last, left(nullif(now_to, ''), 4)::INTEGER))
WHERE as_at = $as_at AND question = 'plan' AND list_contains($measures, measure) AND list_contains($places, answer.place)
ORDER BY measure, answer.place;
