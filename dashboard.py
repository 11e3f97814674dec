"""
The served app. Run with `streamlit run dashboard.py`, or `make run`; its pages are listed in `metrics/web/streamlit/shell.py`.

Where METRICS_PUBLISHED names a folder of published editions, the plain pages stand at `/` and these at `/explore/`.
"""

import gc
import os
import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.scriptrunner import get_script_run_ctx

from metrics.definitions import configuration
from metrics.domain import Refused
from metrics.web.server import OWN_NAMES, Explorer, Front, routes
from metrics.web.streamlit import cached_reads, pack_download, page_parts, shell, sign_in

PUBLISHED = "METRICS_PUBLISHED"


def front() -> Middleware:
    """What stands before Streamlit, as `config.yaml` and the environment choose."""
    published, config = os.environ.get(PUBLISHED), cached_reads.config()
    sign_in.may_stand(config, st.get_option("server.address"), beside_pages=bool(published))
    own_machine = not sign_in.is_set_up()
    return Middleware(
        Front,
        explorer=Explorer(Path(st.__file__).parent / "static", shell.name(), shell.served(), shell.looks()),
        builds=lambda: (cached_reads.store().build, cached_reads.store().instead_of),
        behind=page_parts.behind,
        find=cached_reads.plain_page,
        public=configuration.is_public(config),
        names=OWN_NAMES if own_machine else (sign_in.host(sign_in.settings()),),
        key=sign_in.KEY if own_machine and not configuration.is_public(config) else "",
        published=Path(published) if published else None,
    )


if get_script_run_ctx(suppress_warning=True) is not None:
    shell.main()
else:
    try:
        before = [front()]
    except Refused as refusal:
        sys.exit(str(refusal))
    if not configuration.is_public(cached_reads.config()) and not sign_in.is_set_up():
        print(f"To record meetings, open http://127.0.0.1:{st.get_option('server.port')}/?key={sign_in.KEY}", flush=True)
    beside = routes(
        present=pack_download.presentation, figures=pack_download.figures, picture=pack_download.picture, shared=pack_download.shared,
    )
    # The script stands in another folder than `pages/`, or Streamlit would serve a page without it to the first visitor.
    app = st.App(Path(__file__).parent / "metrics" / "web" / "streamlit" / "script.py", routes=beside, middleware=before)
    # What is loaded by now stays loaded. Looking all of it through for garbage made every reader wait for a tenth of a second;
    # looking often through what visitors leave behind took a fifth of the time of two hundred who come at once.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
