package io.github.kafkaguardrails.activity;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions of a resource, bound to the thread the way Spring's transaction managers
 * of databases do it.
 */
final class TestTransactionManager extends AbstractPlatformTransactionManager {

	@Override
	protected Object doGetTransaction() {
		return new DatabaseHolder();
	}

	@Override
	protected void doBegin(Object transaction, TransactionDefinition definition) {
		DatabaseHolder holder = (DatabaseHolder) transaction;
		holder.setSynchronizedWithTransaction(true);
		TransactionSynchronizationManager.bindResource(this, holder);
	}

	@Override
	protected void doCommit(DefaultTransactionStatus status) {
		// nothing was written
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
		// nothing was written
	}

	@Override
	protected void doCleanupAfterCompletion(Object transaction) {
		TransactionSynchronizationManager.unbindResource(this);
	}

	static final class DatabaseHolder extends ResourceHolderSupport {

	}

}
