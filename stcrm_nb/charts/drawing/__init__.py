"""How every chart is drawn: style, bars, the small print."""
