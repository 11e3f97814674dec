"""One ward: its 12 months of recorded crime beside its area's."""

from metrics.web.streamlit import bodies, cached_reads, page_parts, pickers, shell

seen = pickers.seen()
known = cached_reads.known(seen.build)
ward = shell.ward_bar(known)
if ward is not None:
    shell.titled(known.force.site_name, ward.name, known.places[ward.area].name)
    bodies.of_ward(seen, ward.code)
else:
    shell.titled(known.force.site_name, "One ward")
    page_parts.title("One ward")
    page_parts.footing(seen)
