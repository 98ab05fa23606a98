/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: what is done to many points at once is measured in every version, side by side. */
#ifndef URNE_TESTS_BULK_OPS_H
#define URNE_TESTS_BULK_OPS_H

/* bench_bulk_ops prints one JSON object per line. */
void bench_bulk_ops(void);

#endif
