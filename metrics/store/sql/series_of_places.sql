-- What had been published by a date of some measures in some places, as known on that date or on a later one, with the residents?
-- To be judged, without the months that their publisher had not finished. `published` is the newest publication by `as_at`; values and residents are as known on `known_on`.
WITH known AS (
    SELECT measure, place, period, arg_max(value, weight) AS value, arg_max(base, weight) AS base,
           arg_max(published, weight) FILTER (published <= $as_at) AS published, arg_max(second_hand, weight) AS second_hand
    FROM observation
    WHERE list_contains($measures, measure) AND list_contains($places, place) AND published <= $known_on
    GROUP BY measure, place, period
    HAVING min(published) <= $as_at AND NOT ($judged AND arg_max(unfinished, weight))
), residents AS (
    SELECT place, left(period, 4)::INTEGER AS year, arg_max(value, weight) AS residents
    FROM observation
    WHERE measure = 'residents' AND published <= $known_on
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
