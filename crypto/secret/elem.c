/* SPDX-License-Identifier: EUPL-1.2 */
/* Group elements made from secrets: those that are published, and the text of those that are
 * not. */
#include "crypto/secret/backend.h"
#include "crypto/secret/declassify.h"

static const struct urne_secret_ops *
ops_of(const struct urne_group *g)
{
	static const struct urne_secret_ops *const table[] = {
	    [URNE_GROUP_EDWARDS] = &urne_secret_edwards_ops,
	    [URNE_GROUP_FIELD] = &urne_secret_field_ops,
	};

	return table[g->kind];
}

static void
publish(const struct urne_group *g, struct urne_elem *out, struct urne_secret_elem *e)
{
	/* the protocol publishes this element; its logarithm stays hidden */
	urne_declassify(e, sizeof(*e));
	/* a power of a member is a member: from_bytes cannot refuse it */
	(void)g->ops->from_bytes(g, out, e->b);
	urne_wipe(e, sizeof(*e));
}

void
urne_secret_base(const struct urne_group *g, struct urne_elem *out, const struct urne_secret *x)
{
	struct urne_secret_elem e = {{0}};

	ops_of(g)->base(g, &e, x);
	publish(g, out, &e);
}

void
urne_secret_pow(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *base,
    const struct urne_secret *x)
{
	struct urne_secret_elem e = {{0}};

	ops_of(g)->pow(g, &e, base, x);
	publish(g, out, &e);
}

void
urne_secret_commit(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *y,
    const struct urne_secret *x, const struct urne_secret *d)
{
	struct urne_secret_elem yx = {{0}}, gd = {{0}};

	ops_of(g)->pow(g, &yx, y, x);
	ops_of(g)->base(g, &gd, d);
	ops_of(g)->mul(g, &yx, &yx, &gd);
	publish(g, out, &yx);
	urne_wipe(&gd, sizeof(gd));
}

void
urne_secret_base_text(const struct urne_group *g, struct urne_buf *out, const struct urne_secret *x)
{
	struct urne_secret_elem e = {{0}};

	ops_of(g)->base(g, &e, x);
	ops_of(g)->text(g, out, &e);
	urne_wipe(&e, sizeof(e));
}

void
urne_secret_unmask_text(const struct urne_group *g, struct urne_buf *out,
    const struct urne_elem *alpha, const struct urne_elem *beta, const struct urne_secret *x)
{
	struct urne_secret zero = {{0}}, minus;
	struct urne_secret_elem e = {{0}}, b = {{0}};

	/* beta / alpha^x = beta alpha^(q - x) */
	urne_secret_sub(g, &minus, &zero, x);
	ops_of(g)->pow(g, &e, alpha, &minus);
	g->ops->to_bytes(g, b.b, beta);
	ops_of(g)->mul(g, &e, &e, &b);
	ops_of(g)->text(g, out, &e);
	urne_secret_clear(&minus);
	urne_wipe(&e, sizeof(e));
}
