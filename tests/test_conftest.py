"""The rules for CI, in a pytest run of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

SUITE = """
import pytest

def test_plain(): pass

@pytest.mark.slow
def test_slow(): pass

@pytest.mark.xfail(reason="known")
def test_known(): assert False

def test_skips(): pytest.skip("no engine")

@pytest.mark.skipif(True, reason="not here")
def test_marked(): pass
"""


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):
    here = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")
    pytester.makeconftest(here.replace('pytest_plugins = ["pytester"]', ""))
    pytester.makeini("[pytest]\nmarkers = slow\n")

    def run(ci: str, suite: str = SUITE, *options: str) -> pytest.RunResult:
        monkeypatch.setenv("CI", ci)
        pytester.makepyfile(suite)
        return pytester.runpytest_subprocess("-p", "no:kxmodel", *options)

    return run


def test_without_ci_slow_ones_are_left_out_and_skips_are_named(run):
    run("", SUITE, "-rs").assert_outcomes(passed=1, skipped=2, xfailed=1, deselected=1)


def test_slow_ones_can_be_asked_for(run):
    run("", SUITE, "-m", "slow").assert_outcomes(passed=1, deselected=4)


def test_in_ci_slow_ones_run_and_skips_fail(run):
    result = run("true")
    result.assert_outcomes(passed=2, failed=1, errors=1, xfailed=1)
    result.stdout.fnmatch_lines(["*CI is set, where a skip is a failure: *no engine*"])


def test_in_ci_slow_ones_go_first(run):
    result = run("true", SUITE, "-v")
    result.stdout.fnmatch_lines(["*::test_slow PASSED*", "*::test_plain PASSED*"])


def test_in_ci_a_skipped_module_fails(run):
    result = run("true", 'import pytest\npytest.importorskip("no_such_module")\n')
    result.assert_outcomes(errors=1)
