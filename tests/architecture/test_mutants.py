"""The faults that scripts/prove-faults plants fit the sources as they are."""
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).parents[2]
MUTANTS = sorted((ROOT / "tests/fault/mutants").glob("*.patch"))


@pytest.mark.parametrize("patch", MUTANTS, ids=lambda patch: patch.stem)
def test_a_planted_fault_fits_and_names_its_suite(patch):
    suites = [line[7:] for line in patch.read_text().splitlines() if line.startswith("Suite: ")]
    assert len(suites) == 1 and (ROOT / "tests" / suites[0]).is_file()
    done = subprocess.run(["git", "apply", "--check", str(patch)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
