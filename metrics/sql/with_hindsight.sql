-- What is known now of the figures that had been published by a date, with the publication that was the newest then?
WITH known AS (
    SELECT measure, place, period, arg_max(value, weight) AS value, arg_max(base, weight) AS base,
           arg_max(published, weight) FILTER (published <= $as_at) AS published,
           arg_max(second_hand, weight) AS second_hand
    FROM observation
    WHERE list_contains($measures, measure) AND list_contains($places, place)
    GROUP BY measure, place, period
    HAVING min(published) <= $as_at
), residents AS (
    SELECT place, left(period, 4)::INTEGER AS year, arg_max(value, weight) AS residents
    FROM observation
    WHERE measure = 'residents'
    GROUP BY place, year
), years AS (
    SELECT min(year) AS first, max(year) AS last FROM residents
)
SELECT measure, known.place, period, value, base, published, second_hand, residents, residents.year AS residents_year
FROM known
CROSS JOIN years
LEFT JOIN residents
    ON residents.place = known.place AND residents.year = greatest(years.first, least(years.last, left(period, 4)::INTEGER))
ORDER BY measure, known.place, period;
