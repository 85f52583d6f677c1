"""How everything looks: colours, the stylesheet of a page, cards, tables as HTML."""
