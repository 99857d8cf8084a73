"""The store: courses as Zarr in chunks of runs, tables as Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

RUNS_A_CHUNK = 1000
"""Of one arm: some 2 MB of an hourly series before compression, so that a store has few files."""
SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)


def write_data(data: xr.Dataset, directory: Path) -> None:
    """Write ``data.zarr``, ``runs.parquet``, ``cities.parquet`` and ``quantiles.parquet``."""
    encoding: dict[Any, Any] = {
        name: {
            "chunks": tuple(
                1 if dim == "arm" else min(RUNS_A_CHUNK, size) if dim == "run" else size
                for dim, size in variable.sizes.items()
            )
        }
        for name, variable in data.data_vars.items()
        if all(variable.sizes.values())
    }
    data.to_zarr(directory / "data.zarr", mode="w", encoding=encoding, zarr_format=2, consolidated=True)
    table_of_runs(data).to_parquet(directory / "runs.parquet")
    table_of_cities(data).to_parquet(directory / "cities.parquet")
    table_of_quantiles(data).to_parquet(directory / "quantiles.parquet")


def table_of_runs(data: xr.Dataset) -> pd.DataFrame:
    """One row for each arm and run: tolls, peak, calm, arrival, fall."""
    import xarray as xr

    last = data[["killed_civilian", "killed_forces", "hurt", "arrested", "loyalty"]].isel(time=-1, drop=True)
    peak = data["active"].max("time").rename("peak_active")
    rest = data[["hours_to_calm", "state_falls", "request_at", "activation_at", "first_arrival", "closure"]]
    return xr.merge([last, peak, rest], compat="override", join="exact").to_dataframe().reset_index()


def table_of_cities(data: xr.Dataset) -> pd.DataFrame:
    """One row for each arm, run and city: deaths, largest crowd, hour of it."""
    table = data[["city_killed", "city_peak_at"]]
    table = table.assign(city_peak=data["city_peak"].max("day"))
    return table.drop_vars(["latitude", "longitude", "population"]).to_dataframe().reset_index()


def table_of_quantiles(data: xr.Dataset) -> pd.DataFrame:
    """5, 25, 50, 75 and 95 % over runs of each hourly series, by arm and hour."""
    import xarray as xr

    names = ["active", "killed_civilian", "killed_forces", "arrested", "hurt", "troops", "loyalty"]
    quantiles = {
        name: (("quantile", "arm", "time"), _quantiles(data[name].transpose("arm", "run", "time").values))
        for name in names
    }
    coords = {"quantile": list(SHARES), "arm": data["arm"], "time": data["time"]}
    return xr.Dataset(quantiles, coords).to_dataframe().reset_index()


def _quantiles(series: NDArray[np.generic]) -> NDArray[np.float64]:
    """Linear between order statistics (share, arm, time); sorting whole columns once is the fast way."""
    ranked = np.sort(series, axis=1)
    last = ranked.shape[1] - 1
    out = []
    for share in SHARES:
        below = int(share * last)
        low, high = ranked[:, below].astype(float), ranked[:, min(below + 1, last)].astype(float)
        out.append(low + (high - low) * (share * last - below))
    return np.stack(out)
