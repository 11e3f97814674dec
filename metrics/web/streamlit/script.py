"""What Streamlit runs again for every visitor, and compiles again after the last has left: as little as can be."""

from metrics.web.streamlit import shell

if __name__ == "__main__":
    shell.main()
