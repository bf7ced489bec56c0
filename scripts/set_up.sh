#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0
#
# Prepares this machine for Minga: system libraries, .venv, the locked packages, the command `minga`.
#
# Usage: scripts/set_up.sh run|test      (make run and make test call it; nobody else needs to)
#
# It asks nothing, repeats nothing that is already done, and says what to do when it cannot go on.
# What it needs to begin: bash, Python 3.11 to 3.14 and a network. Why it works this way: docs/decisions/0002-set-up.md.
#
#   PYTHON=/path/to/python3 make run     chooses the Python
set -euo pipefail
cd "$(dirname "$0")/.."

depth=${1:-run}
venv=.venv
python=$venv/bin/python

say() { printf 'Minga: %s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# --- Which Python ---------------------------------------------------------------------------------------------------

# The locked packages have wheels for these versions, so that no compiler is needed.
fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; }

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        if [ -n "$candidate" ] && fits "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    stop "this machine has no Python from 3.11 to 3.14. Debian 12, Ubuntu 24.04 and later: 'apt-get install python3';" \
        "one in another place: 'PYTHON=/path/to/python3 make $depth'."
}

# --- What the operating system must bring ---------------------------------------------------------------------------

# WeasyPrint opens Pango at run time and no wheel carries it. These are the names it asks for (weasyprint/text/ffi.py).
has_pango() {
    "$1" - 2>/dev/null <<'PYTHON'
import ctypes, ctypes.util, sys

mac = sys.platform == "darwin"
names = ["gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset", "fontconfig"]
for name in names:
    version = "1" if name == "fontconfig" else "0"
    ctypes.CDLL(ctypes.util.find_library(name) or name if mac else f"lib{name}.so.{version}")
PYTHON
}

# Debian keeps the part of Python that makes environments in a package of its own.
has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

# The tests type the commands of docs/for-integrators.md; running Minga needs no curl.
missing_packages() {
    local version
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    [ -x "$python" ] || has_venv "$1" || printf 'python%s-venv ' "$version"
    has_pango "$1" || printf 'libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 '
    [ "$depth" = run ] || command -v curl >/dev/null || printf 'curl '
}

# Who may install: root, or an ordinary user whose sudo asks no password.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

can_install() { command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }

# An update may fail for a source that has nothing to do with us: whether the packages come is what counts.
apt_install() {
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300) log status=0
    log=$(mktemp)
    as_root "${apt[@]}" update >"$log" 2>&1 || true
    as_root "${apt[@]}" install -y --no-install-recommends "$@" >>"$log" 2>&1 || status=$?
    [ "$status" = 0 ] || tail -n 20 "$log" >&2
    rm -f "$log"
    return "$status"
}

install_system_packages() {
    local packages
    packages=$(missing_packages "$1")
    packages=${packages% }
    [ -n "$packages" ] || return 0
    if [ "$(uname -s)" = Darwin ]; then
        stop "install Pango with 'brew install pango' (and use Homebrew's python3), then run 'make $depth' again."
    elif can_install; then
        say "installing $packages (apt-get)"
        # shellcheck disable=SC2086  # a list of names, split on purpose
        apt_install $packages || stop "apt-get could not install $packages; the lines above say why."
    elif command -v apt-get >/dev/null; then
        stop "install what is missing with 'sudo apt-get install $packages', then run 'make $depth' again."
    else
        stop "install what is missing (Debian's names: $packages), then run 'make $depth' again."
    fi
}

# --- The environment ------------------------------------------------------------------------------------------------

# A step is done when its stamp holds the checksum of the files that it was made from.
is_done() { [ "$(cat "$venv/.done-$1" 2>/dev/null)" = "$(cat "${@:2}" | cksum)" ]; }
mark_done() { cat "${@:2}" | cksum >"$venv/.done-$1"; }

make_environment() {
    [ -x "$python" ] && fits "$python" && [ -f "$venv/.done-environment" ] && return
    say "making $venv with $("$1" --version)"
    rm -rf "$venv"
    "$1" -m venv "$venv" || stop "'$1 -m venv $venv' failed; the lines above say why."
    touch "$venv/.done-environment"
}

pip() { "$python" -m pip --disable-pip-version-check --quiet --retries 2 "$@"; }

# uv installs the lock in seconds where pip takes most of a minute. A machine that cannot have it goes on with pip.
fetch_uv() {
    is_done uv requirements/uv.txt && return
    if pip install --require-hashes --only-binary :all: --requirement requirements/uv.txt; then
        mark_done uv requirements/uv.txt
    else
        say "uv cannot be had here; going on with pip."
    fi
}

# uv knows nothing of pip's own settings (a mirror, a proxy, a certificate), so what it cannot fetch pip tries again.
# Both compile what they install. uv would not by itself, and then every process that may not write into .venv, as the one
# that draws papers, would compile WeasyPrint anew each time: two seconds a paper.
install() {
    if [ -x "$venv/bin/uv" ]; then
        "$venv/bin/uv" pip install --quiet --compile-bytecode --python "$python" "$@" && return
        say "uv could not (above); trying the same with pip."
    fi
    pip install "$@"
}

# Wheels only, each with its hash: nothing is built from source here, and nothing comes that was not locked. The lock is
# complete, so nobody resolves anything (--no-deps): pip would look for a hash of `sqlalchemy[asyncio]` and find none.
install_lock() {
    local lock=requirements/$1.txt
    is_done "$1" "$lock" && return
    say "installing $(grep -c '^[^ #].*==' "$lock") packages from $lock, each checked against its hash"
    fetch_uv
    install --no-deps --require-hashes --only-binary :all: --requirement "$lock" \
        || stop "the packages could not be installed; the lines above say why." \
            "If they speak of the network, mend it (or pip's proxy and certificate settings) and run 'make $depth' again."
    mark_done "$1" "$lock"
}

# Minga itself stays where it is: the environment only points here. The build backend is in the lock, so nothing is fetched.
install_minga() {
    is_done minga pyproject.toml && return
    install --no-deps --no-build-isolation --no-index --editable . \
        || stop "the command 'minga' could not be installed; the lines above say why."
    mark_done minga pyproject.toml
}

# --- All of it ------------------------------------------------------------------------------------------------------

case "$depth" in
    run | test) ;;
    *) stop "say 'scripts/set_up.sh run' or 'scripts/set_up.sh test'." ;;
esac

if [ -x "$python" ] && fits "$python"; then base=$python; else base=$(find_python); fi
install_system_packages "$base"
make_environment "$base"
install_lock "$depth"
install_minga
