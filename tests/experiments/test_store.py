"""What is stored is what was computed, and other tools can read it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from made_studies import kazakhstan_study, observed_document, small_study

from foedus.experiments.store import RUNS_A_CHUNK, write_data
from foedus.study import run_study
from two_cities import as_case

TOLLS = ["killed_civilian", "killed_forces", "hurt", "arrested"]


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    directory = tmp_path_factory.mktemp("stored")
    write_data(kazakhstan_study().data, directory)
    return directory


def read(directory, name):
    return pd.read_parquet(directory / f"{name}.parquet")


def test_zarr_gives_back_the_same_dataset(stored):
    data = kazakhstan_study().data
    with xr.open_zarr(stored / "data.zarr") as opened:
        xr.testing.assert_identical(opened.load(), data)
        for name in data.data_vars:
            assert opened[name].dtype == data[name].dtype, name
            assert opened[name].attrs["units"], name


def test_every_file_is_a_known_one(stored):
    assert sorted(path.name for path in stored.iterdir()) == [
        "cities.parquet",
        "data.zarr",
        "quantiles.parquet",
        "runs.parquet",
    ]


def test_a_store_of_many_runs_is_cut_by_arm_and_run(tmp_path):
    few = small_study().data
    runs = np.arange(RUNS_A_CHUNK + 30)
    many = few.isel(run=runs % few.sizes["run"]).assign_coords(run=runs)
    assert many.sizes["run"] > RUNS_A_CHUNK
    write_data(many, tmp_path)
    with xr.open_zarr(tmp_path / "data.zarr", chunks=None) as opened:
        assert opened["active"].encoding["chunks"] == (1, RUNS_A_CHUNK, many.sizes["time"])
        xr.testing.assert_equal(opened.load(), many)


def test_the_store_is_much_smaller_than_memory(stored):
    size = sum(path.stat().st_size for path in stored.rglob("*") if path.is_file())
    assert size < 0.4 * kazakhstan_study().data.nbytes


def test_the_table_of_runs_has_every_twin_with_its_outcome(stored):
    data, table = kazakhstan_study().data, read(stored, "runs")
    assert len(table) == data.sizes["arm"] * data.sizes["run"]
    assert not table.duplicated(["arm", "run"]).any()
    for arm in data["arm"].values:
        rows = table[table["arm"] == arm].sort_values("run")
        for name in TOLLS:
            np.testing.assert_array_equal(rows[name], data[name].sel(arm=arm).isel(time=-1))
        np.testing.assert_array_equal(rows["peak_active"], data["active"].sel(arm=arm).max("time"))
        for name in ("hours_to_calm", "state_falls", "first_arrival", "closure", "request_at"):
            np.testing.assert_array_equal(rows[name], data[name].sel(arm=arm))


def test_the_table_of_cities_adds_up_to_the_table_of_runs(stored):
    cities, runs = read(stored, "cities"), read(stored, "runs")
    summed = cities.groupby(["arm", "run"])["city_killed"].sum()
    expected = runs.set_index(["arm", "run"])["killed_civilian"]
    pd.testing.assert_series_equal(summed.sort_index(), expected.sort_index(), check_names=False)
    data = kazakhstan_study().data
    assert set(cities["city"]) == set(data["city"].values)
    one = cities[(cities["arm"] == "with") & (cities["run"] == 3)].set_index("city")
    peak = data["city_peak"].sel(arm="with", run=3).max("day")
    np.testing.assert_array_equal(one.loc[list(data["city"].values), "city_peak"], peak)


def test_the_table_of_quantiles_is_in_order_and_right(stored):
    data, table = kazakhstan_study().data, read(stored, "quantiles")
    assert sorted(table["quantile"].unique()) == [0.05, 0.25, 0.5, 0.75, 0.95]
    assert len(table) == 5 * data.sizes["arm"] * data.sizes["time"]
    wide = table.pivot_table(index=["arm", "time"], columns="quantile", values="active")
    assert (wide.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
    for name in ("active", "killed_civilian", "troops", "loyalty"):
        expected = np.quantile(data[name].sel(arm="without"), [0.05, 0.25, 0.5, 0.75, 0.95], axis=0)
        rows = table[table["arm"] == "without"].pivot_table(index="quantile", columns="time", values=name)
        np.testing.assert_allclose(rows.to_numpy(), expected, rtol=1e-6)


def test_a_case_without_sites_or_coming_members_and_a_lone_run_can_be_stored(tmp_path):
    document = observed_document()
    document["sites"] = []
    document["alliance"]["lift"]["airfields"]["main"].pop("site")
    document["alliance"]["task"]["sites"] = []
    document["observed"] = []
    data = run_study(as_case(document), runs=1, seed=1).data
    assert data.sizes["site"] == 0
    write_data(data, tmp_path)
    with xr.open_zarr(tmp_path / "data.zarr") as opened:
        xr.testing.assert_identical(opened.load(), data)
    assert len(read(tmp_path, "runs")) == data.sizes["arm"]


def test_what_was_edited_and_as_of_when_is_stored_with_the_data(tmp_path):
    study = small_study()
    told = replace(study, edits=["without request", "alliance.task.requested = 5"])
    told.__dict__.pop("data", None)
    write_data(told.data, tmp_path)
    with xr.open_zarr(tmp_path / "data.zarr") as opened:
        assert list(opened.attrs["edits"]) == ["without request", "alliance.task.requested = 5"]
        assert opened.attrs["seed"] == 1
        assert opened.attrs["case"] == "two-cities"


def test_hours_are_utc_and_days_are_local(stored):
    with xr.open_zarr(stored / "data.zarr") as opened:
        assert str(opened["time"].values[0]) == "2022-01-01T18:00:00.000000000"
        assert opened["day"].values[0] == "2022-01-02"
        assert opened.attrs["time_zone"] == "Asia/Almaty"
