"""The faces that are served: the Streamlit app and the server in front of it."""
