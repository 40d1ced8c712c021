"""The world the demo tenant lives in: its calendar, its people and places, and the company itself."""
