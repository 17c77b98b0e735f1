"""Watching a folder: what comes goes in, and Ctrl-C is a good end."""

import signal
import sqlite3
import subprocess
import sys
import time

TEXT = "{org}2022年政府信息公开工作年度报告\n一、总体情况\n2022年，我局主动公开信息30条。\n"
# Much longer than needed, for a machine that is busy.
PATIENCE = 60


def bodies(db):
    if not db.exists():
        return set()
    connection = sqlite3.connect(db)
    try:
        return {org for (org,) in connection.execute("select org from reports")}
    except sqlite3.OperationalError:
        return set()
    finally:
        connection.close()


def wait_for(db, wanted):
    until = time.monotonic() + PATIENCE
    while bodies(db) != wanted and time.monotonic() < until:
        time.sleep(0.1)
    assert bodies(db) == wanted


def test_a_watched_folder_is_kept_up_to_date_until_ctrl_c(tmp_path):
    folder, db = tmp_path / "年报", tmp_path / "a.db"
    folder.mkdir()
    (folder / "甲.txt").write_text(TEXT.format(org="凤阳县财政局"), encoding="utf-8")
    command = [sys.executable, "-m", "nianbao.cli", "index", str(folder), "--db", str(db), "--watch", "-j1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as running:
        while "Watching" not in (line := running.stderr.readline()):
            assert line, "it ended"
        wait_for(db, {"凤阳县财政局"})
        (folder / "乙.txt").write_text(TEXT.format(org="凤阳县水利局"), encoding="utf-8")
        wait_for(db, {"凤阳县财政局", "凤阳县水利局"})
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=PATIENCE)
    assert running.returncode in (0, 130)  # 130: it was still reading
    assert "Traceback" not in said
