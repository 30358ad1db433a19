"""The page's two algorithms by themselves, in the browser that they are written for, on random cases."""

from __future__ import annotations

import pytest

from tests.service.page.browser import Browser
from tests.service.page.conftest import MakeService

pytestmark = pytest.mark.slow

_RANDOM = """
let seed = %d;
const random = () => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff);
"""

_RECENT = """
const { Recent } = await import('/_page/job/recent.js');
const now = 1.7e12, page = 20;
// ends in bursts, the last of them some time ago; in any order, but none is heard of more than a second late
const all = [];
let requests = 0;
const ask = async (since) => {
    requests += 1;
    const fitting = all.filter((item) => since === null || item.time >= since.getTime());
    return { value: fitting.slice(0, page), more: fitting.length > page };
};
const newest = (count) => all.map((item) => item.time).sort((one, other) => other - one).slice(0, count);
const recent = new Recent(ask, (item) => item.time, { enough: 8, keep: page });
const trouble = [];
const end = (count, time, spread) => {
    for (let n = 0; n < count; n += 1) all.push({ id: `t${all.length}`, time: Math.round(time - random() * spread) });
};
const ago = 10 ** (random() * 8);
for (let turn = 0; turn < 12; turn += 1) {
    end(Math.floor(random() ** 4 * 400), now - ago + turn * 900, turn === 0 ? 10 ** (random() * 6) : random() * 1900);
    requests = 0;
    await recent.refresh(now + turn * 900, all.length);
    const times = recent.items.map((item) => item.time);
    const least = Math.min(all.length, 8);
    if (times.length < least || times.length > page) trouble.push(`turn ${turn}: ${times.length} of ${all.length}`);
    const crowded = new Set(newest(page + 1)).size < 3;
    if (!crowded && String(times) !== String(newest(times.length))) trouble.push(`turn ${turn}: not the newest`);
    if (all.length <= page && times.length !== all.length) trouble.push(`turn ${turn}: a short list is not whole`);
    if (requests > 42) trouble.push(`turn ${turn}: ${requests} requests`);
}
return trouble;
"""

_LANES = """
const { Lanes } = await import('/_page/job/lanes.js');
const lanes = new Lanes(), trouble = [];
const slots = 1 + Math.floor(random() * 6), wide = random() < 0.5;
let bars = [], clock = 0, made = 0;
for (let turn = 0; turn < 40; turn += 1) {
    for (let n = 0; n < 12; n += 1) {
        clock += random() * 4;
        const used = bars.filter((bar) => bar.end > clock).reduce((sum, bar) => sum + bar.width, 0);
        const width = wide ? 1 + Math.floor(random() * 2) : 1;
        if (used + width <= slots) bars.push({ key: `t${made++}`, start: clock, end: Infinity, width });
        else {
            const live = bars.filter((bar) => bar.end === Infinity);
            live[Math.floor(random() * live.length)].end = clock;
        }
    }
    bars = bars.slice(-80);
    // some are heard of late
    const heard = bars.filter((bar) => bar.end === Infinity || random() < 0.9).map((bar) => ({ ...bar }));
    const rows = lanes.place(heard);
    if (!wide && rows > slots) trouble.push(`turn ${turn}: ${rows} rows for ${slots} slots`);
    for (const one of heard) {
        if (!(one.lane >= 0 && one.lane + one.width <= rows)) trouble.push(`turn ${turn}: ${one.key} is outside`);
        for (const other of heard) {
            const apart = one.lane >= other.lane + other.width || other.lane >= one.lane + one.width;
            if (one !== other && !apart && one.start < other.end && other.start < one.end) trouble.push(`turn ${turn}: overlap`);
        }
    }
}
return trouble;
"""


@pytest.mark.parametrize("script", [_RECENT, _LANES], ids=["recent", "lanes"])
def test_random_cases(browser: Browser, make_service: MakeService, script: str) -> None:
    browser.open(make_service(run=False).batch.url)
    for seed in range(1, 41):
        assert browser.run(_RANDOM % seed + script) == [], f"seed {seed}"
