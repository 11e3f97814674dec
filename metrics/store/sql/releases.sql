-- Which releases are held, and what did each restate of what had been published before it?
SELECT dataset, published, approximate, retrieved, second_hand, rows, note, files, origins, report,
    new, restated, redefined, unchanged, largest_series, largest_place, largest_period, was, now
FROM release
WHERE published <= $as_at
ORDER BY dataset, published;
