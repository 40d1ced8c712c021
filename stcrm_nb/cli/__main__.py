"""`python -m stcrm_nb.cli` is `stcrm`."""

from stcrm_nb.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
