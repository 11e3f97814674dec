-- Which releases are held, and what did each restate of what had been published before it?
SELECT dataset, published, approximate, retrieved, second_hand, rows, note, files, origins, report,
    coalesce(new, 0) AS new, coalesce(restated, 0) AS restated, coalesce(redefined, 0) AS redefined, coalesce(unchanged, 0) AS unchanged,
    largest_series, largest_place, largest_period, was, now
FROM release
LEFT JOIN release_change USING (number)
WHERE published <= $as_at
ORDER BY dataset, published;
