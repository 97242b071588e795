"""The backtest over European regions."""
