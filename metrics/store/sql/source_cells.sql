-- Where in the publisher's files were the figures of some series of a dataset read, everywhere or in some places?
SELECT published, file, series, place, first_month, last_month, column_name, periods, lines
FROM source_cells
JOIN source_part USING (part)
WHERE dataset = $dataset AND list_contains($series, series) AND ($places IS NULL OR list_contains($places, place))
ORDER BY published, file, place, series;
