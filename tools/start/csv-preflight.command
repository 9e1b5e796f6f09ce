#!/bin/bash
# Double-click this on a Mac (on Linux, run it): the first time it installs what the page needs, then it opens the page.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
what="$here[web,excel,upload]"
place="$HOME/.csv-preflight"
# What a double-click does not find by itself.
PATH="$PATH:$HOME/.local/bin:/opt/homebrew/bin:/usr/local/bin"

stop() {
    echo "$1"
    read -r -p "Press Enter to close this window. " _ || true
    exit 1
}

if [ ! -e "$place/ready" ] || [ "$here/pyproject.toml" -nt "$place/ready" ]; then
    echo "Installing csv-preflight. This takes a minute, the first time only."
    if command -v uv > /dev/null; then
        uv venv --quiet --allow-existing --python ">=3.11" "$place" || stop "uv could not make the environment."
        uv pip install --quiet --python "$place/bin/python" "$what" || stop "csv-preflight could not be installed."
    elif python3 -c "import sys; sys.exit(sys.version_info < (3, 11))" 2> /dev/null; then
        python3 -m venv "$place" || stop "Python could not make the environment."
        "$place/bin/python" -m pip install --quiet "$what" || stop "csv-preflight could not be installed."
    else
        stop "This needs Python 3.11 or newer. Get it from https://www.python.org/downloads/, then double-click again."
    fi
    touch "$place/ready"
fi
echo "The page opens in your browser. Closing this window ends it, and deletes what is in it."
exec "$place/bin/csv-preflight" serve "$@"
