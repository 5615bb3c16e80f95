"""Charts as inline SVG, drawn by `templates/charts/`; only `macros.render` and the pages import them."""
