"""Charts: `spec` says what is seen, `render` how it is drawn, `style` how it looks."""
