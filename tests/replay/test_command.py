"""`atalaya replay` as a user runs it."""

import http.client
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = "from atalaya.cli.replay import COMMAND; COMMAND()"


@pytest.mark.parametrize("flags", [[], ["--json"]])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_ends_when_told(tmp_path: Path, flags: list[str], number: signal.Signals) -> None:
    (tmp_path / "replay.yml").write_text("format: 1\nroutes: [{url: 'https://a.example/x', text: hola}]\n")
    resolve = tmp_path / "elsewhere.json"
    command = [sys.executable, "-c", COMMAND, str(tmp_path), "--resolve-file", str(resolve), *flags]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = ""
        while "Ready" not in said and "}" not in said:
            said += process.stdout.readline()
        origins = json.loads(resolve.read_text())["origins"]
        port = int(origins["https://a.example:443"].rpartition(":")[2])
        assert str(port) in said
        if flags:
            assert json.loads(said) == {"port": port, "resolve_file": str(resolve), "origins": 1}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/x", headers={"Host": "a.example"})
        assert connection.getresponse().read() == b"hola"
        connection.close()
        os.kill(process.pid, number)
        assert process.wait(timeout=20) == 0
