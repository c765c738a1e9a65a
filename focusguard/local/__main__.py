import sys

from focusguard.local.cli import main

sys.exit(main())
