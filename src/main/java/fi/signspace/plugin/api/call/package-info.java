/** What every call of the API needs: problems, permissions, transactions, keys. */
@NullMarked
package fi.signspace.plugin.api.call;

import org.jspecify.annotations.NullMarked;
