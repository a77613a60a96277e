import sys

from leerkring.config.console import main

sys.exit(main())
